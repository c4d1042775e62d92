// Makes the pages that the tests open, with the program itself: three sample calls of two vendors, compared.
// What no recording gives (a hostile call, ten minutes, five thousand calls) tests/it/browser.rs writes.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DEMO, MADE, ROOT, TARGET, binary } from "./harness.mjs";

const RECORDINGS = join(TARGET, "tmp/browser-calls");
const METADATA_FILE = join(TARGET, "tmp/browser-metadata.csv");
/** Sample calls by the name they get: sound that is linked (FLAC, Ogg) and sound that is copied (A-law WAV). */
const CALLS = {
  "sunbeam/sale.wav": "02-en-manipulative-sale/call.wav",
  "sunbeam/overtalk.ogg": "05-ru-overtalk/call.ogg",
  "northgate/support.flac": "01-en-good-support/call.flac",
};
// The vendor is the name of the folder.
const METADATA = `source,agent,started_at
sunbeam/sale.wav,Robert,2026-11-02T09:14:00Z
sunbeam/overtalk.ogg,Irina,2026-11-02T18:40:00Z
northgate/support.flac,Grace,2026-11-03T11:05:00Z
`;

/** Copies the calls, with a file that cannot be decoded and one that is no recording beside them. */
function makeCalls() {
  for (const [name, sample] of Object.entries(CALLS)) {
    mkdirSync(dirname(join(RECORDINGS, name)), { recursive: true });
    copyFileSync(join(ROOT, "samples", sample), join(RECORDINGS, name));
  }
  // The header of a WAV file that promises sound and has none.
  const header = readFileSync(join(ROOT, "samples", CALLS["sunbeam/sale.wav"])).subarray(0, 44);
  writeFileSync(join(RECORDINGS, "northgate/broken.wav"), header);
  writeFileSync(join(RECORDINGS, "northgate/notes.pdf"), "no recording");
  writeFileSync(METADATA_FILE, METADATA);
}

/** Analyses again only if the program is newer than the pages. */
export function makeDemo() {
  const program = binary();
  const index = join(DEMO, "index.html");
  if (existsSync(index) && statSync(index).mtimeMs > statSync(program).mtimeMs) return;
  for (const folder of [DEMO, RECORDINGS]) rmSync(folder, { recursive: true, force: true });
  makeCalls();
  const vendors = ["sunbeam", "northgate"].map((name) => join(RECORDINGS, name));
  const args = ["vet", ...vendors, "--out", DEMO, "--jobs", "2", "--metadata", METADATA_FILE, "--report-language", "en"];
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: "inherit" });
  // 3: done, but a recording could not be analysed, which is the broken one.
  if (status !== 3) throw new Error(`callvet ${args.join(" ")}: exit code ${status}`);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  makeDemo();
  if (!existsSync(MADE)) {
    console.error("the made pages are missing: cargo test --locked --test it browser::write_the_pages -- --ignored");
    process.exit(1);
  }
}
