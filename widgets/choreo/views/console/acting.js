/**
 * Have something done for a desk, and say what went wrong; null where it did.
 *
 * @param {{ means: { ask: (command: object) => Promise<any>, announce: (words: string) => void }, trouble: HTMLElement }} desk
 */
export async function acted({ means, trouble }, command, said = "") {
  try {
    const answer = await means.ask(command);
    trouble.hidden = true;
    if (said) means.announce(said);
    return answer;
  } catch (/** @type {any} */ error) {
    trouble.textContent = error.message;
    trouble.hidden = false;
    trouble.scrollIntoView({ block: "nearest" });
    return null;
  }
}
