/** What the tour shows, and where. The paths are those of the demo shop. */
export interface Step {
  title: string;
  text: string;
  to: string;
  search?: Record<string, string>;
}

export const steps: readonly Step[] = [
  {
    title: "The shop's endpoints",
    text: "Each of these tables is published: clients read it under its entity set. “New endpoint” publishes one more, the table supplier for instance, without a restart.",
    to: "/endpoints",
  },
  {
    title: "One endpoint",
    text: "Its fields say what clients see and may write. Untick a column and save, and it is gone for all clients; the history takes it back. The addresses above are for Excel, Power BI and other programs.",
    to: "/endpoints/orders",
  },
  {
    title: "Its data",
    text: "The rows as clients get them, read as far as you scroll. A click on a column sorts, and a filter is an OData expression, such as Status eq 'shipped'.",
    to: "/data/Orders",
  },
  {
    title: "A query",
    text: "Put together what a program will ask, and run it. The same request stands below as curl, Power Query and code.",
    to: "/explorer/Orders/query",
    search: { filter: "Total gt 500", orderby: "OrderedAt desc" },
  },
  {
    title: "A key for a program",
    text: "Give it a name and the role Administrators, leave “Reading only”, and make it. The key is shown once, with a curl line that works as it stands: copy it into a shell.",
    to: "/keys/new",
  },
];
