/** The nodes that can be reached from themselves along the edges (Tarjan's strongly connected components, without recursion). */
export function inLoops(edges: Iterable<{ readonly from: string; readonly to: string }>): Set<string> {
  const next = new Map<string, string[]>();
  const found = new Set<string>();
  for (const { from, to } of edges) {
    if (from === to) found.add(from);
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  for (const start of next.keys()) {
    if (order.has(start)) continue;
    const path: { node: string; at: number }[] = [];
    const visit = (node: string): void => {
      order.set(node, order.size);
      low.set(node, order.get(node)!);
      stack.push(node);
      open.add(node);
      path.push({ node, at: 0 });
    };
    visit(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node } = top;
      const to = next.get(node)?.[top.at++];
      if (to !== undefined) {
        if (!order.has(to)) visit(to);
        else if (open.has(to)) low.set(node, Math.min(low.get(node)!, order.get(to)!));
        continue;
      }
      path.pop();
      const above = path.at(-1)?.node;
      if (above !== undefined) low.set(above, Math.min(low.get(above)!, low.get(node)!));
      if (low.get(node) !== order.get(node)) continue;
      const size = stack.length - stack.lastIndexOf(node);
      for (let member = stack.pop(); member !== undefined; member = member === node ? undefined : stack.pop()) {
        open.delete(member);
        if (size > 1) found.add(member);
      }
    }
  }
  return found;
}
