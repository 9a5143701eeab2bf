/** What a browser would send of a form: its hidden controls and the values that stand in it. */
export function controlsOf(html: string): Record<string, string> {
  const posted: Record<string, string> = {};
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type');
    if (name === undefined || ((type === 'radio' || type === 'checkbox') && !/\bchecked\b/.test(tag))) continue;
    posted[name] = (attribute(tag, 'value') ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  }
  for (const [, head = '', inner = ''] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option\b[^>]*\bselected\b[^>]*>/.exec(inner)?.[0] ?? /<option\b[^>]*>/.exec(inner)?.[0] ?? '';
    posted[attribute(head, 'name') ?? ''] = attribute(chosen, 'value') ?? '';
  }
  return posted;
}
