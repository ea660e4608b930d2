// node judge.js metadata.xml metadata.json
// Prints what is wrong with the two documents, one finding on each line; nothing when all is well.
const fs = require("node:fs");
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;
const { xml2json } = require("odata-csdl");

const [xmlFile, jsonFile] = process.argv.slice(2);
const complaints = [];
const converted = xml2json(fs.readFileSync(xmlFile), { strict: false, messages: complaints });
const ours = JSON.parse(fs.readFileSync(jsonFile, "utf8"));

for (const { message, parser } of complaints) console.log(`XML ${parser.line}:${parser.column} ${message}`);

const schema = require("odata-csdl/schemas/csdl.schema.json");
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const isValid = ajv.compile(schema);
for (const [name, document] of [["converted XML", converted], ["JSON", ours]])
  if (!isValid(document))
    for (const error of isValid.errors) console.log(`${name} ${error.instancePath} ${error.message}`);

compare("", converted, ours);

function compare(path, theirs, own) {
  if (isObject(theirs) && isObject(own))
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(own)])) compare(`${path}/${key}`, theirs[key], own[key]);
  else if (theirs !== own && !isSameType(path, theirs, own)) console.log(`${path || "/"} is ${JSON.stringify(theirs)} by the XML and ${JSON.stringify(own)} by the JSON`);
}

// A type of a vocabulary is named by the address of the vocabulary in the same format, which the converter leaves as it was in XML.
function isSameType(path, theirs, own) {
  return path.endsWith("/@type") && theirs.replace(".xml#", ".json#") === own;
}

function isObject(value) {
  return typeof value === "object" && value !== null;
}
