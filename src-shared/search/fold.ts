/**
 * Folding: how names are compared when somebody types them. "Zoë", "ZOE" and "zoe" are one, and so
 * are "O'Brien", "O’Brien" and "OBrien", "Mary-Jane" and "Mary Jane".
 */

/** Letters that Unicode does not take apart into a plain letter and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ə: 'e',
  ς: 'σ',
};
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');
const MARKS = /\p{M}/gu;
/** Invisible characters, and apostrophes that Unicode counts as letters (ʻ ʼ ʹ). */
const UNSEEN = /[\p{Cf}\u02B9-\u02BF\u02C8]/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;

/** Lower case without accents, special letters written plainly; punctuation and spaces stay. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .toLowerCase()
    .replace(UNSEEN, '')
    .replace(MARKS, '')
    .replace(NOT_PLAIN, (letter) => PLAIN[letter] ?? letter);
}

/** A folded name: its letters and digits without a gap, and where each part of it begins. */
export interface FoldedName {
  readonly text: string;
  /** Offsets in `text`, the first one 0. */
  readonly starts: readonly number[];
}

/**
 * Folds one name: "van der Berg" becomes `vanderberg` with parts at 0, 3 and 6, "O'Brien" `obrien`
 * with parts at 0 and 1. So a name is found with and without its spaces, hyphens and apostrophes.
 */
export function foldName(name: string): FoldedName {
  const starts: number[] = [];
  let text = '';
  for (const part of fold(name).split(NOT_WORD)) {
    if (part === '') continue;
    starts.push(text.length);
    text += part;
  }
  return { text, starts };
}

/** What somebody typed, as words that must all be found: "Khan, Ai" becomes `khan` and `ai`. */
export function foldWords(typed: string): readonly string[] {
  return typed
    .split(/[\s,;()]+/u)
    .flatMap((word) => fold(word).split(/\s+/u))
    .map((word) => word.replace(NOT_WORD, ''))
    .filter((word) => word !== '');
}
