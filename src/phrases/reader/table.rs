//! Transcripts as tables: comma, semicolon or tab between the columns, quotes as in RFC 4180.

use super::{Builder, ReadTranscript, times};

pub(super) fn csv(text: &str) -> Result<ReadTranscript, String> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter = [b'\t', b';', b','].into_iter().find(|&sign| head.as_bytes().contains(&sign)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = reader
        .headers()
        .map_err(|_| "line 1: no header".to_owned())?
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let column = |wanted: &[&str]| names.iter().position(|name| wanted.contains(&name.as_str()));
    let text_at = column(&["text"]).ok_or("line 1: the header has no column `text`")?;
    let (start_at, end_at) = (column(&["start", "start_s"]), column(&["end", "end_s"]));
    let speaker_at = column(&["speaker"]);
    let mut builder = Builder::default();
    let (mut counted_to, mut line) = (0, 1);
    for record in reader.records() {
        let record = record.map_err(|error| {
            format!("line {}: not a row of the table", error.position().map_or(1, ::csv::Position::line))
        })?;
        // The reader counts a line as begun only after the `\n` of `\r\n`, so lines are counted here.
        let byte = record.position().map_or(0, |position| position.byte() as usize);
        let skipped = text.as_bytes().iter().skip(byte).take_while(|&&b| matches!(b, b'\r' | b'\n')).count();
        let from = (byte + skipped).min(text.len());
        line += text.as_bytes()[counted_to..from].iter().filter(|&&b| b == b'\n').count();
        counted_to = from;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        let time = |at, name: &str| match cell(at) {
            None => Ok(None),
            Some(written) => {
                times::seconds_or_number(written).map(Some).ok_or_else(|| format!("line {line}: `{name}` is no time"))
            }
        };
        let span = (time(start_at, "start")?, time(end_at, "end")?);
        if span.0.zip(span.1).is_some_and(|(start, end)| end < start) {
            return Err(format!("line {line}: the end is before the start"));
        }
        builder.push(line, span, cell(speaker_at), cell(Some(text_at)).unwrap_or_default());
    }
    Ok(builder.finish())
}
