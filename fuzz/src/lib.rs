//! What the fuzz targets do with the bytes that they are given: the same functions as the stable tests replay files with.

#[path = "../../tests/it/hostile/bodies.rs"]
mod bodies;

pub use bodies::*;

/// Lets a panic of a decoder that is not ours be caught, as callvet does with the packet that caused it. Any other panic ends
/// the run, whether it is caught or not.
pub fn forgive_decoders() {
    let end_run = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // Sums that overflow inside of the standard library are theirs as well: ours are told with our own files.
        let is_foreign = |file: &str| file.contains("/registry/src/") || file.starts_with("/rustc/");
        let is_ours = info.location().is_none_or(|location| !is_foreign(location.file()));
        if is_ours {
            end_run(info);
        }
    }));
}

/// Makes the phrase lists of all languages ready, which takes seconds that are no matter of the first input.
pub fn make_ready() {
    for choice in 0..6 {
        text(&[&[choice], &b"agent: hello"[..]].concat());
    }
}
