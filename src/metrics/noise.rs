//! stub
use super::background::*;
use super::Input;
use super::p56;
use crate::call::{ChannelMeasurements, Problem};
use crate::units::power_to_db;

pub(super) fn measure(input: &Input<'_>, into: &mut ChannelMeasurements, problems: &mut Vec<Problem>) {
    let silence = digital_silence(input.samples, input.rate);
    let powers = BandPowers::new(input.samples, input.rate, &silence);
    let n = powers.n_frames();
    let end_s = input.rate.samples_to_s(input.samples.len());
    let vad = powers.flags(input.speech);
    let elsewhere = powers.flags(&input.elsewhere.widened(0.2, end_s));
    let mut pause = vec![false; n];
    for m in [0.5, 0.3, 0.15, 0.05, 0.0] {
        let near = powers.flags(&input.speech.widened(m, end_s));
        for t in 0..n { pause[t] = !near[t] && !elsewhere[t] && !powers.is_silent[t]; }
        let c = pause.iter().filter(|x| **x).count();
        let mean = powers.mean_where(&pause);
        if std::env::var("HM").is_ok() {
            let d = mean.as_ref().map(|m| power_to_db(m.iter().sum::<f64>()).unwrap_or(-99.0));
            let mut v: Vec<f64> = (0..n).filter(|&t| pause[t]).map(|t| power_to_db(powers.power(t,&ALL_BANDS)).unwrap_or(-120.0)).collect();
            v.sort_by(f64::total_cmp);
            let q = |p: f64| if v.is_empty() { 0.0 } else { v[((v.len()-1) as f64*p) as usize] };
            eprintln!("   margin {m}: {:.2} s mean {:?} p10 {:.1} p50 {:.1} p90 {:.1}", c as f64*powers.hop_s, d, q(0.1), q(0.5), q(0.9));
        }
        if c as f64 * powers.hop_s >= 2.0 { break; }
    }
    let Some(noise) = powers.mean_where(&pause) else { return };
    let f: f64 = noise.iter().sum();
    into.noise.floor_dbfs = power_to_db(f);
    let near = powers.flags(&input.speech.widened(0.25, end_s));
    let mut meter = p56::Meter::new(1.0 / powers.hop_s);
    for t in 0..n {
        if elsewhere[t] && !vad[t] { continue }
        let a: f64 = powers.frame(t).iter().zip(&noise).map(|(&p, n)| (f64::from(p) - 2.5 * n).max(0.0)).sum();
        let e = powers.power(t, &ALL_BANDS) - f;
        meter.add(if near[t] { 0.77 * a.sqrt() } else { 0.0 }, e);
    }
    if let Some(l) = meter.result() {
        into.noise.snr_db = Some(l.level_dbov - power_to_db(f).unwrap_or(0.0));
        into.noise.snr_uncertainty_db = Some(l.activity_ratio);
    }
    let _ = problems;
}
