/**
 * Ways to ask somebody to think about their score again, or to give a higher one, in the languages that ship. What a
 * customer said is not argued with: a score that was begged for measures nothing.
 */
const BEGGING: readonly RegExp[] = [
  /\breconsider\b/,
  /\b(?:change|raise|rethink|revise|update|improve|increase|upgrade|adjust|reassess)\b(?: up)? (?:(?:your|the|this|that) (?:\w+ ){0,2}(?:score|rating)|your (?:\w+ ){0,2}answer)s?\b/,
  /\b(?:give|giving|rate|score) us\b[^.?!]{0,20}\b(?:higher|better|9|10|nine|ten|top)\b/,
  /\b(?:choose|pick|click) (?:on )?(?:a |an |the )?(?:9|10|nine|ten|highest|top)\b/,
  /\b(?:hope|hoping|love|appreciate)\b[^.?!]{0,20}(?:\ba (?:9|10|nine|ten)\b(?![ -]?(?:min|day|week|percent|%))|\b(?:9 or 10|nine or ten)\b|\b(?:higher|better|top|high|good|great) (?:score|rating)\b)/,
  /\banything (?:less|lower|below|under)\b[^.?!]{0,24}\b(?:9|10|nine|ten|fail\w*)\b/,
  /überdenk|nochmals? überlegen|umstimmen/,
  /(?:ihre|die|diese|deine) (?:note|zahl|bewertung|wertung|punktzahl)\b[^.?!]{0,20}(?:ändern|anpassen|anheben|erhöhen|verbessern|korrigieren)/,
  /(?:bessere|höhere|gute)n? (?:note|bewertung|wertung|punktzahl)\b/,
  /\b(?:eine|mit einer|auf eine) (?:9 oder 10|9|10)\b[^.?!]{0,12}(?:geben|bewerten|hoffen|freuen)/,
];

/** The words by which a text asks for another or a higher score; undefined when it does not. */
export function begsForScore(text: string): string | undefined {
  const plain = text.toLowerCase().replace(/\s+/g, ' ');
  return BEGGING.map((pattern) => pattern.exec(plain)?.[0]).find((found) => found !== undefined);
}
