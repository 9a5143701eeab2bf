interface Preference {
  /** In small letters. */
  readonly range: string;
  readonly quality: number;
}

/** A header of weighted ranges (RFC 9110 section 12.4.2); parameters other than q are left out of account. */
function parse(header: string): Preference[] {
  return header.split(',').flatMap((item) => {
    const [range = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    return range === '' || !(quality >= 0 && quality <= 1) ? [] : [{ range, quality }];
  });
}

/** What a link without language or type is worth: below any that is asked for by name, above what is not wanted. */
const neutral = 0.001;

function bestQuality(preferences: readonly Preference[], precision: (range: string) => number): number {
  let best: Preference | undefined;
  for (const preference of preferences) {
    const now = precision(preference.range);
    if (now >= 0 && (best === undefined || now > precision(best.range))) best = preference;
  }
  return best?.quality ?? 0;
}

/** How much the languages of a target are wanted, 0 to 1, by `Accept-Language` (RFC 4647; `zh` and `zh-CN` match each other). */
export function matchLanguage(languages: readonly string[] | undefined, header: string | undefined): number {
  if (!languages?.length || !header) return neutral;
  const preferences = parse(header);
  const qualities = languages.map((language) => {
    const tag = language.toLowerCase();
    return bestQuality(preferences, (range) => {
      if (range === '*') return 0;
      return tag === range ? 3 : tag.startsWith(`${range}-`) ? 2 : range.startsWith(`${tag}-`) ? 1 : -1;
    });
  });
  return Math.max(...qualities);
}

/** How much the media type of a target is wanted, 0 to 1, by `Accept` (RFC 9110 section 12.5.1). */
export function matchMediaType(type: string | undefined, header: string | undefined): number {
  if (!type || !header) return neutral;
  const name = type.split(';')[0]!.trim().toLowerCase();
  return bestQuality(parse(header), (range) => {
    if (range === '*/*') return 0;
    if (range.endsWith('/*')) return name.startsWith(range.slice(0, -1)) ? 1 : -1;
    return name === range ? 2 : -1;
  });
}
