use super::*;

#[test]
fn a_cell_is_cut_where_a_spreadsheet_would_refuse_it() {
    let check = |text: String, units: usize| assert_eq!(cell_text(&text).encode_utf16().count(), units);
    check("x".repeat(MAX_CELL_UNITS), MAX_CELL_UNITS);
    check("x".repeat(MAX_CELL_UNITS + 1), MAX_CELL_UNITS);
    // Two units a character: one may be left over at the cut.
    let emoji = cell_text(&"😀".repeat(MAX_CELL_UNITS));
    assert!((MAX_CELL_UNITS - 1..=MAX_CELL_UNITS).contains(&emoji.encode_utf16().count()));
    assert!(emoji.ends_with("[cut]"));
}
