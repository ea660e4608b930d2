import { isDeclared, powerQuery, type Feed } from "./powerQuery";

/** The address with its options, as a browser would send it. */
export function addressWithOptions({ address, options }: Feed): string {
  return options.length === 0 ? address : `${address}?${options.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;
}

/** A data source file of Power BI Desktop, which opens it and asks for the sign-in. */
export function powerBiFile(feed: Feed): string {
  const protocol = isDeclared(feed) ? "odata" : "http";
  return JSON.stringify({ version: "0.1", connections: [{ details: { protocol, address: { url: addressWithOptions(feed) } }, mode: "Import" }] }, null, 2);
}

/** An Office Data Connection (MS-ODCFF) with a query of Power Query, which Excel loads into a table. */
export function excelFile(feed: Feed): string {
  const name = markup(feed.name);
  const mashup = `<Mashup xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/DataMashup"><Client>EXCEL</Client><Version>2.72.0.0</Version><MinVersion>2.21.0.0</MinVersion><Culture>en-US</Culture><SafeCombine>true</SafeCombine><Items><Query Name="${name}"><Formula>${markup(powerQuery(feed))}</Formula><IsParameterQuery xsi:nil="true" /><IsDirectQuery xsi:nil="true" /></Query></Items></Mashup>`;
  return `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv="Content-Type" content="text/x-ms-odc; charset=utf-8"/>
<meta name="ProgId" content="ODC.Database"/>
<meta name="SourceType" content="OLEDB"/>
<title>${name}</title>
<xml id="docprops"><o:DocumentProperties xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40">
<o:Description>${markup(addressWithOptions(feed))}</o:Description>
<o:Name>${name}</o:Name>
</o:DocumentProperties></xml>
<xml id="msodc"><odc:OfficeDataConnection xmlns:odc="urn:schemas-microsoft-com:office:odc" xmlns="http://www.w3.org/TR/REC-html40">
<odc:PowerQueryConnection odc:Type="OLEDB">
<odc:ConnectionString>Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=${name};Extended Properties=&quot;&quot;</odc:ConnectionString>
<odc:CommandType>SQL</odc:CommandType>
<odc:CommandText>SELECT * FROM [${name}]</odc:CommandText>
</odc:PowerQueryConnection>
<odc:PowerQueryMashupData>${markup(mashup)}</odc:PowerQueryMashupData>
</odc:OfficeDataConnection></xml>
</head>
<body></body>
</html>
`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;" };

function markup(text: string): string {
  return text.replace(/[&<>"\n\t\r]/g, (mark) => entities[mark]!);
}
