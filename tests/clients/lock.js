// node lock.js: takes out of the lock files what names a host. Run it after every npm install in one of the folders.
const fs = require("node:fs");
const path = require("node:path");

for (const entry of fs.readdirSync(__dirname, { withFileTypes: true })) {
  const file = path.join(__dirname, entry.name, "package-lock.json");
  if (!entry.isDirectory() || !fs.existsSync(file)) continue;
  const lock = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const entry of Object.values(lock.packages)) {
    delete entry.resolved;
    delete entry.funding;
  }
  fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
}
