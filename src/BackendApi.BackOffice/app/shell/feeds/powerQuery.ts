/** What a program is to read: the address of a collection, and the options of the request. */
export interface Feed {
  name: string;
  address: string;
  options: readonly (readonly [name: string, value: string])[];
}

/** What $apply and $compute make is not declared in the model, and so nothing that the reader of OData feeds takes. */
export const isDeclared = ({ options }: Feed) => !options.some(([name]) => name === "$apply" || name === "$compute");

/** The feed as an expression of Power Query M. */
export function powerQuery(feed: Feed): string {
  return isDeclared(feed) ? odataFeed(feed) : pages(feed);
}

function odataFeed({ address, options }: Feed): string {
  const query = options.length > 0 ? [`Query = ${record(options)}`] : [];
  return `let
    Source = OData.Feed(${text(address)}, null, [${['Implementation = "2.0"', ...query].join(", ")}])
in
    Source`;
}

/** Page by page as plain JSON. */
function pages({ address, options }: Feed): string {
  return `let
    First = Json.Document(Web.Contents(${text(address)}, [Query = ${record(options)}])),
    Pages = List.Generate(
        () => First,
        each _ <> null,
        each if Record.HasFields(_, "@odata.nextLink") then Json.Document(Web.Contents(Record.Field(_, "@odata.nextLink"))) else null
    ),
    Source = Table.FromRecords(List.Combine(List.Transform(Pages, each [value])), null, MissingField.UseNull)
in
    Source`;
}

const record = (options: Feed["options"]) => `[${options.map(([name, value]) => `#${text(name)} = ${text(value)}`).join(", ")}]`;

/** A text literal: quotes are doubled, and "#(" begins an escape. */
function text(value: string): string {
  const escaped = value.replaceAll("#(", "#(#)(").replaceAll('"', '""').replaceAll("\r", "#(cr)").replaceAll("\n", "#(lf)").replaceAll("\t", "#(tab)");
  return `"${escaped}"`;
}
