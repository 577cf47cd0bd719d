const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECK_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Where an org lives stands in characters 4 to 6 of its ids. */
const INSTANCE = 'QX0';

/** True for 15 or 18 letters and digits, the last three a right checksum when there are 18. */
export function isRecordId(text: string): boolean {
  if (!/^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(text)) return false;
  return text.length === 15 || checksum(text.slice(0, 15)) === text.slice(15).toUpperCase();
}

/** The 18-character form of an id of either length. */
export function fullId(id: string): string {
  const base = id.slice(0, 15);
  return base + checksum(base);
}

/** The `count`-th id of a kind of record, 18 characters long. */
export function recordId(keyPrefix: string, count: number): string {
  let digits = '';
  for (let rest = count; rest > 0; rest = Math.floor(rest / 62)) digits = LETTERS.charAt(rest % 62) + digits;
  return fullId(keyPrefix + INSTANCE + digits.padStart(9, '0'));
}

/** Which of its kind an id is: the `count` it was made with. */
export function ordinalOf(id: string): number {
  return [...id.slice(6, 15)].reduce((sum, digit) => sum * 62 + LETTERS.indexOf(digit), 0);
}

// The last three characters say which of the first fifteen are upper case, five to a character.
function checksum(base: string): string {
  return [0, 5, 10]
    .map((start) => {
      let upperCase = 0;
      for (let place = 0; place < 5; place++) {
        const letter = base.charCodeAt(start + place);
        if (letter >= 65 && letter <= 90) upperCase |= 1 << place;
      }
      return CHECK_DIGITS.charAt(upperCase);
    })
    .join('');
}
