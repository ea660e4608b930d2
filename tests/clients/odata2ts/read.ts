// node obj/js/read.js <service root> <value of the Authorization header>
// Reads the demo shop through the client that was generated from its metadata, and prints what the test expects.
import { BackendApiService } from "./obj/client/BackendApiService";
import type { Orders, Products } from "./obj/client/BackendApiModel";
import { Http } from "./http";

declare const process: { argv: string[]; exitCode: number };

const [, , root, authorization] = process.argv;
const http = new Http(authorization);
const shop = new BackendApiService(http, root);

async function read() {
  const products = await shop.Products().query((query, product) =>
    query
      .filter(product.Name.contains("Lamp").and(product.IsActive.eq(true)), product.Id.gt(100))
      .select("Id", "Name", "Weight")
      .expanding("Prices", (prices, price) => prices.select("Amount", "Currency").filter(price.Currency.eq("EUR")).orderBy(price.Amount.desc()))
      .orderBy(product.Name.asc(), product.Id.desc())
      .skip(1)
      .top(3)
      .count(),
  );
  print("list", products.data["@odata.count"], products.data.value.length);
  for (const product of products.data.value)
    print("product", typeof product.Id, product.Name.includes("Lamp"), product.Prices!.every((price) => price.Amount > 0 && price.Currency === "EUR"));

  const store = await shop.Stores(4).query();
  print("by key", store.data.Code, store.data.IsOnline);

  const order = await shop.Orders(1).query((query) => query.expand("Customer", "OrderItems"));
  print("expanded", order.data.Number, order.data.Customer!.Id === order.data.CustomerId, order.data.OrderItems!.length);

  const customer = await shop.Orders(1).Customer().query((query) => query.select("Id", "Number"));
  print("navigation", customer.data.Id === order.data.CustomerId);

  const items = await shop.Orders(1).OrderItems().query((query, item) => query.filter(item.Quantity.ge(1), item.Product.props.IsActive.ne(null)));
  print("collection", items.data.value.length);

  const sold = await shop.Customers().query((query, customer) =>
    query.filter(customer.Orders.any((order) => order.Total.gt(500))).select("Id").top(2).count(),
  );
  print("lambda", sold.data["@odata.count"]! > 0, sold.data.value.length);

  const recent = await shop.Orders().query((query, order) =>
    query.filter(order.OrderedAt.ge("2024-01-01T00:00:00Z"), order.Status.in("shipped", "delivered")).orderBy(order.OrderedAt.desc()).top(1),
  );
  print("instant", recent.data.value[0].OrderedAt >= "2024-01-01T00:00:00Z", recent.data.value[0].Status);

  let pages = 0;
  let rows = 0;
  let page = await http.get<{ value: Products[]; "@odata.nextLink"?: string }>(`${root}/Products?$select=Id`);
  for (;;) {
    pages++;
    rows += page.data.value.length;
    const next = page.data["@odata.nextLink"];
    if (next === undefined) break;
    page = await http.get(next);
  }
  print("pages", pages, rows);

  const id: Orders["Id"] = (await shop.Orders().query((query, order) => query.orderBy(order.Id.desc()).top(1))).data.value[0].Id;
  print("last", id);
}

function print(...values: unknown[]) {
  console.log(values.join(" "));
}

read().catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
