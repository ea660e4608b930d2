// node lock.js: takes out of the lock files what names a host. Run it after every npm install in one of the folders, or in that of the Back Office.
const fs = require("node:fs");
const path = require("node:path");

const folders = fs.readdirSync(__dirname).map((name) => path.join(__dirname, name));
for (const folder of [...folders, path.join(__dirname, "../../src/BackendApi.BackOffice")]) {
  const file = path.join(folder, "package-lock.json");
  if (!fs.existsSync(file)) continue;
  const lock = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const entry of Object.values(lock.packages)) {
    delete entry.resolved;
    delete entry.funding;
  }
  fs.writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
}
