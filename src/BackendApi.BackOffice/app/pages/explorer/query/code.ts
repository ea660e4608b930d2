import { powerQuery, type Feed } from "../../../shell/feeds/powerQuery";

/** A request as a program, which reads all pages. Its key is in the environment variable API_KEY, and so in none of them. */
export const programs: readonly { language: string; write: (feed: Feed) => string }[] = [
  { language: "curl", write: curl },
  { language: "Power Query M", write: powerQuery },
  { language: "C#", write: csharp },
  { language: "TypeScript", write: typescript },
  { language: "Python", write: python },
];

/** The first page. */
function curl({ address, options }: Feed): string {
  const data = options.map(([name, value]) => `--data-urlencode ${shell(`${name}=${value}`)}`);
  return ["curl --fail-with-body -G", `-H "X-Api-Key: $API_KEY"`, ...data, shell(address)].join(" \\\n  ");
}

/** In single quotes nothing but the quote has a meaning. */
const shell = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

function csharp(feed: Feed): string {
  return `using System.Text.Json;

using var client = new HttpClient();
client.DefaultRequestHeaders.Add("X-Api-Key", Environment.GetEnvironmentVariable("API_KEY"));
${list(feed, "(string Name, string Value)[] options =\n[", (name, value) => `    (${name}, ${value}),`, "];")}string? address = ${addressed(feed, `string.Join("&", options.Select(option => option.Name + "=" + Uri.EscapeDataString(option.Value)))`)};
while (address is not null)
{
    using var page = JsonDocument.Parse(await client.GetStringAsync(address));
    foreach (var row in page.RootElement.GetProperty("value").EnumerateArray())
        Console.WriteLine(row);
    address = page.RootElement.TryGetProperty("@odata.nextLink", out var next) ? next.GetString() : null;
}`;
}

function typescript(feed: Feed): string {
  return `${list(feed, "const options = {", (name, value) => `  ${name}: ${value},`, "};")}let address = ${addressed(feed, `Object.entries(options).map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&")`)};
while (address) {
  const response = await fetch(address, { headers: { "X-Api-Key": process.env.API_KEY ?? "" } });
  if (!response.ok) throw new Error(await response.text());
  const page = await response.json();
  for (const row of page.value) console.log(row);
  address = page["@odata.nextLink"];
}`;
}

function python(feed: Feed): string {
  return `import os
from urllib.parse import quote, urlencode

import requests

session = requests.Session()
session.headers["X-Api-Key"] = os.environ["API_KEY"]
${list(feed, "options = {", (name, value) => `    ${name}: ${value},`, "}")}address = ${addressed(feed, "urlencode(options, quote_via=quote)")}
while address:
    response = session.get(address)
    response.raise_for_status()
    page = response.json()
    for row in page["value"]:
        print(row)
    address = page.get("@odata.nextLink")`;
}

function list({ options }: Feed, open: string, item: (name: string, value: string) => string, close: string): string {
  return options.length > 0 ? [open, ...options.map(([name, value]) => item(literal(name), literal(value))), close, ""].join("\n") : "";
}

const addressed = ({ address, options }: Feed, query: string) => (options.length > 0 ? `${literal(`${address}?`)} + ${query}` : literal(address));

/** A text literal of JSON is one of C#, TypeScript and Python too, but for the ends of lines that C# knows besides. */
function literal(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
