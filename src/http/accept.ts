/**
 * The one of `offered` (best first) that an Accept header prefers (RFC 9110 section 12.5.1): the most specific range that fits
 * gives its quality; equal qualities go to what is offered first. Undefined when none fits. No header takes anything.
 */
export function preferred(accept: string | undefined, offered: readonly string[]): string | undefined {
  if (!accept) return offered[0];
  const ranges = accept
    .slice(0, 2000)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q\s*=\s*([0-9.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { range: range.trim(), quality: quality === undefined ? 1 : Number(quality) };
    });
  const qualityOf = (type: string): number => {
    const [family] = type.split('/');
    const fit =
      ranges.find((r) => r.range === type) ??
      ranges.find((r) => r.range === `${family}/*`) ??
      ranges.find((r) => r.range === '*/*');
    return fit?.quality ?? 0;
  };
  const rated = offered.map((type) => ({ type, quality: qualityOf(type) })).filter((o) => o.quality > 0);
  return rated.reduce<{ type: string; quality: number } | undefined>(
    (best, o) => (best && best.quality >= o.quality ? best : o),
    undefined,
  )?.type;
}
