//! Links of the page of the batch: to the moment in a call, and to the list of calls filtered. A filter is the fragment of
//! the address (`#agent=Ann&cat=urgency_false`), so that it works from `file://` and in a link that is sent on.

use super::super::safe;
use crate::call::{CallLine, CallStatus};

/// The page of a call, at a finding or at its top; `None` if it has no page.
pub(in super::super) fn to_call(line: &CallLine, finding: Option<&str>) -> Option<String> {
    let page = (line.status == CallStatus::Ok).then(|| safe::href_of_path(&format!("{}.html", line.stem), 0))?;
    Some(finding.and_then(id).map_or(page.clone(), |id| format!("{page}#f-{id}")))
}

/// The id of a finding, if it is one: ids are ours, but come out of stored reports.
pub(super) fn id(id: &str) -> Option<&str> {
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(id)
}

/// The page of a call at a second.
pub(in super::super) fn to_second(line: &CallLine, start_s: Option<f64>) -> Option<String> {
    let page = to_call(line, None)?;
    Some(start_s.filter(|s| s.is_finite()).map_or(page.clone(), |s| format!("{page}#t={s:.1}")))
}

/// The list of calls with these filters set: name and value of each, as the list shows it.
pub(in super::super) fn to_list(filters: &[(&str, &str)]) -> String {
    let parts: Vec<String> =
        filters.iter().map(|(key, value)| format!("{key}={}", encoded(&safe::revealed(value)))).collect();
    format!("#{}", parts.join("&"))
}

/// As `encodeURIComponent` writes it.
fn encoded(value: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&b);
    let escape = |b: u8| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    value.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::CallMetadata;

    #[test]
    fn a_filter_says_any_name_and_no_name_sets_another_filter() {
        for (value, expected) in [
            ("Ann K.", "#agent=Ann%20K."),
            ("a&status=failed#x=\"<", "#agent=a%26status%3Dfailed%23x%3D%22%3C"),
            ("Łucja", "#agent=%C5%81ucja"),
        ] {
            assert_eq!(to_list(&[("agent", value)]), expected);
        }
        assert_eq!(to_list(&[("agent", "a"), ("cat", "b")]), "#agent=a&cat=b");
    }

    #[test]
    fn a_call_is_opened_at_its_finding_and_a_failed_one_not_at_all() {
        let mut line = CallLine::without_report("a.wav", "", "calls/a b-1", CallMetadata::default(), None);
        assert_eq!(to_call(&line, Some("a1b2c3d4e5f6")), None);
        line.status = CallStatus::Ok;
        assert_eq!(to_call(&line, Some("a1b2c3d4e5f6")).as_deref(), Some("calls/a%20b-1.html#f-a1b2c3d4e5f6"));
        assert_eq!(to_call(&line, Some("\"><script>")).as_deref(), Some("calls/a%20b-1.html"));
        assert_eq!(to_second(&line, Some(12.34)).as_deref(), Some("calls/a%20b-1.html#t=12.3"));
    }
}
