// What people type, as it is meant. Nothing of a page in here.

/** How many letters are left, as people count them: an accent, a flag or a family is one. */
export function room(text, most) {
  return most - letters(text.trim());
}

/** Whether there is anything to see: there are letters and signs that show nothing. */
export function visible(text) {
  return /[^\p{M}\p{Z}\p{Cc}\p{Cf}\p{Cs}\u2800\u3164\uffa0\u115f\u1160]/u.test(text);
}

function letters(text) {
  if (!("Segmenter" in Intl)) return [...text].length; // an old browser counts a family by its members
  return [...new Intl.Segmenter().segment(text)].length;
}
