// npm start: looks at Node, installs, builds and serves with the demo stories. Everything behind `--` goes to `suyuan serve`.
// This file is read by every Node that knows modules, so it uses nothing newer than they do.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error('需要 Node.js 20.19 或更新的版本，现在是 ' + process.versions.node + '。');
  console.error('Node.js 20.19 or newer is needed; this is ' + process.versions.node + '.');
  process.exitCode = 1;
} else {
  import('./serve.mjs').catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
