// Steps of reviewing that the tests of a folder and of a server share.

import assert from "node:assert/strict";
import { until } from "./harness.mjs";

export const findingItem = (page, finding) => page.locator(`[id="f-${finding.id}"]`);
export const verdictButton = (page, finding, verdict) =>
  // A sign stands before the word.
  findingItem(page, finding).getByRole("button", { name: new RegExp(`^\\W*${verdict}$`) });

/** Says once who reviews; the page asks before it keeps the first verdict. */
export async function answerWho(page, initials) {
  const dialog = page.getByRole("dialog", { name: "Who reviews?" });
  await dialog.waitFor();
  await dialog.getByRole("textbox").fill(initials);
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "hidden" });
}

/** Presses a verdict and waits until it shows as pressed. */
export async function judge(page, finding, verdict, initials = null) {
  await verdictButton(page, finding, verdict).click();
  if (initials) await answerWho(page, initials);
  await until(async () => await verdictButton(page, finding, verdict).getAttribute("aria-pressed") === "true", `${verdict} pressed`);
}

export async function writeNote(page, finding, text) {
  const note = findingItem(page, finding).getByRole("textbox", { name: "Note" });
  await note.fill(text);
  await note.press("Tab");
}

/** Verdict and note that show for a finding. */
export async function shownReview(page, finding) {
  const pressed = findingItem(page, finding).getByRole("button", { pressed: true, name: /^\W*(Agree|Disagree|Unsure)$/ });
  return {
    verdict: await pressed.count() ? (await pressed.first().innerText()).replace(/\W/g, "") : null,
    note: await findingItem(page, finding).getByRole("textbox", { name: "Note" }).inputValue(),
  };
}

/** Demands the shape `callvet.reviews/1` and gives the entries by finding. */
export function entriesOf(file, { reviewer, sha256 }) {
  assert.equal(file.schema, "callvet.reviews/1");
  assert.equal(file.reviewer, reviewer);
  for (const entry of file.reviews) {
    assert.deepEqual(Object.keys(entry).sort(), ["at", "finding", "note", "rule", "sha256", "source", "verdict"]);
    assert.equal(entry.sha256, sha256);
    assert.match(entry.finding, /^[0-9a-f]{12}$/);
    assert.match(entry.verdict, /^(agree|disagree|unsure)$/);
    assert.match(entry.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  }
  return new Map(file.reviews.map((entry) => [entry.finding, entry]));
}
