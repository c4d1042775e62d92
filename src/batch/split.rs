//! Calls that were recorded as one file per party: which two files are one call. What says so, in this order: the
//! metadata (`party`, and the `id` that both share), the name pattern (`{party}`), the ends of names that recorders use.
//! Not how two files become one recording: that is [`crate::call::Parts`].

use std::collections::{BTreeMap, BTreeSet};

use super::discover::{Discovery, Found};
use super::metadata::AttachedMetadata;
use crate::call::{CallMetadata, Pair, PartFile, Parts, Party};

/// Whose side of a call a file holds, by a pair of words of which one stands for each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    family: Family,
    is_second: bool,
}

/// Words that stand against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    /// Agent and customer: it is said who is who.
    Parties,
    /// What the recorder's side sent, and what it received.
    Sent,
    /// The same as in and out.
    Out,
    /// Left and right, as one letter or in full.
    Left,
}

/// Words of each side: what they stand for, the first channel's, the second channel's. For all but the first line who
/// the agent is has to be heard: recorders stand at either end of the line.
const WORDS: [(Family, &[&str], &[&str]); 4] = [
    (Family::Parties, &["agent", "advisor", "adviser", "operator"], &["customer", "client", "caller"]),
    (Family::Sent, &["tx"], &["rx"]),
    (Family::Out, &["out"], &["in"]),
    (Family::Left, &["left", "l"], &["right", "r"]),
];

/// What may stand between the name of the call and the word.
const SEPARATORS: [char; 4] = ['_', '-', '.', ' '];

impl Side {
    /// The agent's.
    pub const AGENT: Self = Self { family: Family::Parties, is_second: false };
    /// The customer's.
    pub const CUSTOMER: Self = Self { family: Family::Parties, is_second: true };

    /// The side that a word stands for, in any case.
    pub fn parse(word: &str) -> Option<Self> {
        let is_in = |words: &[&str]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        WORDS.iter().find_map(|(family, first, second)| {
            let side = |is_second| Self { family: *family, is_second };
            if is_in(first) { Some(side(false)) } else { is_in(second).then_some(side(true)) }
        })
    }

    /// All words, longer ones first, so that none is taken for the beginning of another.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        let mut words: Vec<&str> =
            WORDS.iter().flat_map(|(_, first, second)| first.iter().chain(*second)).copied().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.into_iter()
    }

    /// Would the two be both parties' sides of one file?
    fn contradicts(self, other: Self) -> bool {
        self.family == other.family && self.is_second != other.is_second
    }

    fn party(self) -> Option<Party> {
        match (self.family, self.is_second) {
            (Family::Parties, false) => Some(Party::Agent),
            (Family::Parties, true) => Some(Party::Customer),
            _ => None,
        }
    }
}

/// What metadata or a name pattern say of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyClaim {
    /// Whose side it is.
    pub side: Side,
    /// What the files of one call have in common, and no others.
    pub call: String,
}

/// Files that are one call, as far as is known.
#[derive(Default)]
struct Group {
    first: Vec<usize>,
    second: Vec<usize>,
    side: Option<Side>,
    is_claimed: bool,
}

impl Group {
    fn n_files(&self) -> usize {
        self.first.len() + self.second.len()
    }
}

/// Makes one job of each pair of files that are a call, in the place of the first file (the agent's), whose source it
/// has. What is known of the call is taken from both, the first one wins. A file whose other half is not there stays
/// alone, and its report says so; by the ends of names other than those of parties only where the folder has pairs.
///
/// Files of which more than two would be one call are left as they are, with a warning.
pub fn join(discovery: Discovery, attached: AttachedMetadata) -> (Discovery, AttachedMetadata) {
    let Discovery { jobs, skipped } = discovery;
    let said: Vec<Vec<Said>> = (0..jobs.len()).map(|index| all_said(index, &jobs[index], &attached)).collect();
    let AttachedMetadata { calls, mut warnings, .. } = attached;
    let mut groups = Groups::new();
    for (index, said) in said.iter().enumerate() {
        let Some(said) = said.first() else { continue };
        let group = groups.entry(said.key()).or_default();
        (group.side, group.is_claimed) = (Some(said.side), said.is_claimed);
        if said.side.is_second { group.second.push(index) } else { group.first.push(index) }
    }
    let mut second_of = meetings(&mut groups, &said, &calls);
    // Folder and family of words where pairs are in use.
    let mut customs: BTreeSet<(&str, Family)> = BTreeSet::new();
    for ((_, family, _), group) in &groups {
        if let ([first], [_]) = (&group.first[..], &group.second[..]) {
            customs.insert((folder(&jobs[*first].source), *family));
        }
    }
    let mut half: BTreeMap<usize, Option<Party>> = BTreeMap::new();
    let mut n_unclear = 0;
    for ((_, family, _), group) in &groups {
        match (&group.first[..], &group.second[..]) {
            ([first], [second]) => {
                second_of.insert(*first, (*second, *family));
            }
            ([alone], []) | ([], [alone]) => {
                let is_custom = customs.contains(&(folder(&jobs[*alone].source), *family));
                if group.is_claimed || *family == Family::Parties || is_custom {
                    half.insert(*alone, group.side.and_then(Side::party));
                }
            }
            (first, second) => n_unclear += first.len() + second.len(),
        }
    }
    if n_unclear > 0 {
        warnings.push(format!(
            "{n_unclear} files are named as sides of a call that has more than one file of a side: they are analysed by themselves"
        ));
    }
    let is_second: BTreeSet<usize> = second_of.values().map(|(second, _)| *second).collect();
    let mut joined = (Discovery { jobs: Vec::with_capacity(jobs.len()), skipped }, AttachedMetadata::default());
    for (index, job) in jobs.iter().enumerate().filter(|(index, _)| !is_second.contains(index)) {
        let call = calls.get(index).cloned().unwrap_or_default();
        let (job, call) = match second_of.get(&index) {
            Some((second, family)) => {
                let other = calls.get(*second).cloned().unwrap_or_default();
                (pair(job, &jobs[*second], *family), of_both(call, other))
            }
            None => {
                let parts = half.get(&index).map_or(Parts::Whole, |party| Parts::Half(*party));
                (Found { parts, ..job.clone() }, call)
            }
        };
        joined.0.jobs.push(job);
        joined.1.calls.push(call);
        joined.1.parties.push(None);
    }
    joined.1.warnings = warnings;
    joined
}

/// Groups by whether metadata or pattern name them, the family of words and the call.
type Groups = BTreeMap<(bool, Family, String), Group>;

/// What one of metadata, pattern and name say of a file.
struct Said {
    is_claimed: bool,
    side: Side,
    call: String,
}

impl Said {
    fn key(&self) -> (bool, Family, String) {
        (self.is_claimed, self.side.family, self.call.clone())
    }
}

/// All that is said of a file, what counts most first. Where names tell the direction of calls, `in` and `out` at their
/// ends are no parties.
fn all_said(index: usize, job: &Found, attached: &AttachedMetadata) -> Vec<Said> {
    let claims = [&attached.parties, &attached.overruled].into_iter().filter_map(|claims| claims.get(index)?.as_ref());
    let claims = claims.map(|claim| Said { is_claimed: true, side: claim.side, call: claim.call.clone() });
    let has_direction = attached.calls.get(index).is_some_and(|call| call.direction.is_some());
    let by_name = by_name(&job.source).filter(|(side, _)| side.family != Family::Out || !has_direction);
    claims.chain(by_name.map(|(side, call)| Said { is_claimed: false, side, call })).collect()
}

/// Pairs of which metadata or pattern name one side only, or the sides by different words: the first, the second, what
/// the words are. The other file is the only one that shares the id of the call, or the one that is its other side by the
/// pattern or the name. What meets is taken out of its group.
fn meetings(groups: &mut Groups, said: &[Vec<Said>], calls: &[CallMetadata]) -> BTreeMap<usize, (usize, Family)> {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, call) in calls.iter().enumerate() {
        by_id.entry(call.id.as_deref().unwrap_or_default()).or_default().push(index);
    }
    let is_alone = |index: usize| match said[index].first() {
        Some(first) if first.is_claimed => groups.get(&first.key()).is_none_or(|group| group.n_files() == 1),
        _ => true,
    };
    let mut met: BTreeMap<usize, (usize, Family)> = BTreeMap::new();
    let mut is_met: BTreeSet<usize> = BTreeSet::new();
    let claimed = groups.iter().filter(|((is_claimed, ..), group)| *is_claimed && group.n_files() == 1);
    for ((_, _, call), group) in claimed {
        let (Some(side), Some(&alone)) = (group.side, group.first.first().or(group.second.first())) else { continue };
        let by_id = match by_id.get(call.as_str()).map(Vec::as_slice) {
            Some(&[a, b]) if !call.is_empty() && (a == alone || b == alone) => Some(if a == alone { b } else { a }),
            _ => None,
        };
        let fitting = || said[alone][1..].iter().find_map(|other| other_side_of(groups, other, side, alone));
        let Some(other) = by_id.or_else(fitting).filter(|other| is_alone(*other)) else { continue };
        let other_side = said[other].first().map(|said| said.side);
        let is_same = other_side.is_some_and(|other| other == side);
        if is_same || is_met.contains(&alone) || is_met.contains(&other) {
            continue;
        }
        // Words of parties say more than those of directions, whichever of the two files has them.
        let side = match (side.family, other_side) {
            (Family::Parties, _) | (_, None) => side,
            (_, Some(other)) => Side { family: other.family, is_second: !other.is_second },
        };
        let (first, second) = if side.is_second { (other, alone) } else { (alone, other) };
        met.insert(first, (second, side.family));
        is_met.extend([first, second]);
    }
    for group in groups.values_mut() {
        group.first.retain(|index| !is_met.contains(index));
        group.second.retain(|index| !is_met.contains(index));
    }
    groups.retain(|_, group| group.n_files() > 0);
    met
}

/// The one file that is the other side of what is said of `alone` besides; `side` is what counts for it.
fn other_side_of(groups: &Groups, said: &Said, side: Side, alone: usize) -> Option<usize> {
    if said.side.contradicts(side) {
        return None;
    }
    let group = groups.get(&said.key())?;
    let (same, others) =
        if said.side.is_second { (&group.second, &group.first) } else { (&group.first, &group.second) };
    let is_only = same.iter().all(|index| *index == alone) && others.len() == 1;
    others.first().copied().filter(|_| is_only)
}

/// Side and name of the call of a source that ends in one of the words.
fn by_name(source: &str) -> Option<(Side, String)> {
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
    let (stem, _) = name.rsplit_once('.')?;
    let (call, word) = stem.rsplit_once(SEPARATORS)?;
    let side = Side::parse(word)?;
    (!call.trim_matches(SEPARATORS).is_empty()).then(|| (side, format!("{folder}\0{call}")))
}

fn folder(source: &str) -> &str {
    source.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn pair(first: &Found, second: &Found, family: Family) -> Found {
    let file = |found: &Found| PartFile {
        source: found.source.clone(),
        path: found.path.clone(),
        bytes: found.bytes,
        sha256: String::new(),
    };
    let pair = Pair { first: file(first), second: file(second), are_parties_known: family == Family::Parties };
    Found { bytes: first.bytes.saturating_add(second.bytes), parts: Parts::Two(Box::new(pair)), ..first.clone() }
}

fn of_both(first: CallMetadata, second: CallMetadata) -> CallMetadata {
    let metadata_source = match (first.metadata_source, second.metadata_source) {
        (Some(a), Some(b)) if a != b => Some("metadata+name_pattern".into()),
        (a, b) => a.or(b),
    };
    CallMetadata {
        id: first.id.or(second.id),
        started_at: first.started_at.or(second.started_at),
        agent: first.agent.or(second.agent),
        customer_ref: first.customer_ref.or(second.customer_ref),
        vendor: first.vendor.or(second.vendor),
        campaign: first.campaign.or(second.campaign),
        direction: first.direction.or(second.direction),
        metadata_source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Direction;

    fn found(sources: &[&str]) -> Discovery {
        let jobs = sources.iter().map(|s| Found { source: (*s).into(), bytes: 1, ..Found::default() }).collect();
        Discovery { jobs, skipped: Vec::new() }
    }

    /// `a+b` for a pair, `a?` for a half that misses the other, else the source.
    fn shown(found: &Found) -> String {
        match &found.parts {
            Parts::Whole => found.source.clone(),
            Parts::Half(party) => format!("{}?{}", found.source, party.map_or(String::new(), |p| format!("{p:?}"))),
            Parts::Two(pair) => {
                assert_eq!((found.bytes, &found.source), (2, &pair.first.source));
                let sign = if pair.are_parties_known { "+" } else { "~" };
                format!("{}{sign}{}", pair.first.source, pair.second.source)
            }
        }
    }

    #[track_caller]
    fn check_with(sources: &[&str], attached: AttachedMetadata, expected: &[&str]) -> AttachedMetadata {
        let (discovery, attached) = join(found(sources), attached);
        assert_eq!(discovery.jobs.iter().map(shown).collect::<Vec<_>>(), expected);
        assert_eq!(attached.calls.len(), discovery.jobs.len());
        attached
    }

    #[track_caller]
    fn check(sources: &[&str], expected: &[&str]) {
        check_with(sources, AttachedMetadata::default(), expected);
    }

    #[test]
    fn names_that_differ_in_the_word_of_a_side_are_one_call() {
        check(&["c/1_agent.wav", "c/1_customer.wav", "c/2.wav"], &["c/1_agent.wav+c/1_customer.wav", "c/2.wav"]);
        check(&["c/1_customer.mp3", "c/1_Operator.WAV"], &["c/1_Operator.WAV+c/1_customer.mp3"]);
        check(&["c/1-rx.wav", "c/1-tx.wav"], &["c/1-tx.wav~c/1-rx.wav"]);
        check(&["c/1_in.wav", "c/1_out.wav"], &["c/1_out.wav~c/1_in.wav"]);
        check(&["c/1.L.wav", "c/1.R.wav", "c/2_L.wav"], &["c/1.L.wav~c/1.R.wav", "c/2_L.wav?"]);
    }

    #[test]
    fn names_that_are_not_of_one_call_stay_apart() {
        check(&["a/1_agent.wav", "b/1_customer.wav"], &["a/1_agent.wav?Agent", "b/1_customer.wav?Customer"]);
        check(&["c/1_agent.wav", "c/1_rx.wav"], &["c/1_agent.wav?Agent", "c/1_rx.wav"]);
        // Nothing in front of the word: a file of that name, not a side of a call.
        check(&["c/agent.wav", "c/customer.wav"], &["c/agent.wav", "c/customer.wav"]);
        check(&["c/_agent.wav", "c/_customer.wav"], &["c/_agent.wav", "c/_customer.wav"]);
        check(&["c/checkin.wav", "c/checkout.wav"], &["c/checkin.wav", "c/checkout.wav"]);
        // Whose name it is, is a guess: only where pairs are the custom.
        check(&["c/anna_r.wav", "c/log_in.wav"], &["c/anna_r.wav", "c/log_in.wav"]);
    }

    #[test]
    fn more_than_one_file_of_a_side_is_left_alone_with_a_warning() {
        let sources = ["c/1_agent.mp3", "c/1_agent.wav", "c/1_customer.wav"];
        let attached = check_with(&sources, AttachedMetadata::default(), &sources);
        assert!(attached.warnings[0].starts_with("3 files"), "{:?}", attached.warnings);
    }

    #[test]
    fn what_metadata_say_counts_and_names_of_directions_are_no_sides() {
        let call = |id: &str, agent: Option<&str>| CallMetadata {
            id: Some(id.into()),
            agent: agent.map(str::to_owned),
            metadata_source: Some("metadata".into()),
            ..CallMetadata::default()
        };
        let claim = |side, call: &str| Some(PartyClaim { side, call: call.into() });
        let attached = AttachedMetadata {
            calls: vec![call("7", None), call("7", Some("Anna"))],
            parties: vec![claim(Side::CUSTOMER, "7"), claim(Side::AGENT, "7")],
            ..AttachedMetadata::default()
        };
        let attached = check_with(&["c/x.wav", "d/y.wav"], attached, &["d/y.wav+c/x.wav"]);
        assert_eq!(attached.calls, [call("7", Some("Anna"))]);

        let direction = |direction| CallMetadata { direction: Some(direction), ..CallMetadata::default() };
        let calls = vec![direction(Direction::Inbound), direction(Direction::Outbound)];
        let attached = AttachedMetadata { calls, ..AttachedMetadata::default() };
        check_with(&["c/1_in.wav", "c/1_out.wav"], attached, &["c/1_in.wav", "c/1_out.wav"]);
    }

    #[test]
    fn a_pair_of_which_metadata_name_one_side_meets() {
        let claim =
            |word: &str, call: &str| Some(PartyClaim { side: Side::parse(word).expect("a word"), call: call.into() });
        let with = |sources: &[&str], ids: &[&str], parties: &[Option<PartyClaim>], expected: &[&str]| {
            let id = |id: &&str| (!id.is_empty()).then(|| (*id).to_owned());
            let calls = ids.iter().map(|text| CallMetadata { id: id(text), ..CallMetadata::default() }).collect();
            check_with(
                sources,
                AttachedMetadata { calls, parties: parties.to_vec(), ..AttachedMetadata::default() },
                expected,
            );
        };
        // By the name of the other file.
        let named = ["c/1_agent.wav", "c/1_customer.wav"];
        let joined = ["c/1_agent.wav+c/1_customer.wav"];
        with(&named, &["7", ""], &[claim("agent", "7"), None], &joined);
        with(&named, &["", "7"], &[None, claim("customer", "7")], &joined);
        with(&["c/1-rx.wav", "c/1-tx.wav"], &["7", ""], &[claim("agent", "7"), None], &["c/1-rx.wav+c/1-tx.wav"]);
        with(&["c/1-rx.wav", "c/1-tx.wav"], &["7", ""], &[claim("rx", "7"), None], &["c/1-tx.wav~c/1-rx.wav"]);
        // By the id that both share.
        with(&["c/x.wav", "c/y.wav"], &["7", "7"], &[claim("customer", "7"), None], &["c/y.wav+c/x.wav"]);
        with(&["c/x_agent.wav", "d/y.wav"], &["7", "7"], &[None, claim("rx", "7")], &["c/x_agent.wav+d/y.wav"]);
        // What contradicts it, or is not the only one, stays apart.
        with(
            &["c/x_customer.wav", "c/y.wav"],
            &["7", "7"],
            &[None, claim("customer", "7")],
            &["c/x_customer.wav?Customer", "c/y.wav?Customer"],
        );
        with(
            &named,
            &["7", ""],
            &[claim("customer", "7"), None],
            &["c/1_agent.wav?Customer", "c/1_customer.wav?Customer"],
        );
        with(
            &["c/x.wav", "c/y.wav", "c/z.wav"],
            &["7", "7", "7"],
            &[claim("agent", "7"), None, None],
            &["c/x.wav?Agent", "c/y.wav", "c/z.wav"],
        );
    }

    #[test]
    fn a_side_that_the_table_names_meets_the_one_that_the_pattern_names() {
        let claim = |side, call: &str| Some(PartyClaim { side, call: call.into() });
        let with = |ids: [&str; 2], parties: [Option<PartyClaim>; 2], overruled, expected: &[&str]| {
            let calls = ids.map(|id| CallMetadata { id: Some(id.into()), ..CallMetadata::default() });
            let attached = AttachedMetadata {
                calls: calls.to_vec(),
                parties: parties.to_vec(),
                overruled: vec![overruled, None],
                ..AttachedMetadata::default()
            };
            check_with(&["c/x.wav", "c/y.wav"], attached, expected);
        };
        let (agent, customer) = (Side::AGENT, Side::CUSTOMER);
        // One has an id of the table, the other that of its name.
        let parties = || [claim(agent, "A7"), claim(customer, "c\09")];
        with(["A7", "9"], parties(), claim(agent, "c\09"), &["c/x.wav+c/y.wav"]);
        with(["A7", "9"], parties(), claim(agent, "c\08"), &["c/x.wav?Agent", "c/y.wav?Customer"]);
        with(["A7", "9"], parties(), claim(customer, "c\09"), &["c/x.wav?Agent", "c/y.wav?Customer"]);
        with(["7", "7"], [claim(agent, "7"), claim(customer, "c\09")], None, &["c/x.wav+c/y.wav"]);
        with(
            ["7", "7"],
            [claim(customer, "7"), claim(customer, "c\09")],
            None,
            &["c/x.wav?Customer", "c/y.wav?Customer"],
        );
        // Words of two kinds for one call.
        let tx = Side::parse("tx").expect("a word");
        with(["7", "7"], [claim(customer, "7"), claim(tx, "7")], None, &["c/y.wav+c/x.wav"]);
    }
}
