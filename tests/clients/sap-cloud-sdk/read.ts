// node obj/js/read.js <service root> <value of the Authorization header>
// Reads the demo shop through the client that was generated from its metadata, and prints what the test expects.
import { and, any, asc, desc } from "@sap-cloud-sdk/odata-v4";
import { shop } from "./obj/client/shop/service";

declare const process: { argv: string[]; exitCode: number };

const [, , url, authorization] = process.argv;
const destination = { url };
const headers = { authorization };
const { productsApi, pricesApi, ordersApi, orderItemsApi, customersApi, storesApi } = shop();

async function read() {
  const product = productsApi.schema;
  const price = pricesApi.schema;
  const products = await productsApi
    .requestBuilder()
    .getAll()
    .filter(and(product.IS_ACTIVE.equals(true), product.ID.greaterThan(100)))
    .select(product.ID, product.NAME, product.WEIGHT)
    .expand(product.PRICES.select(price.AMOUNT, price.CURRENCY).filter(price.CURRENCY.equals("EUR")).orderBy(desc(price.AMOUNT)))
    .orderBy(asc(product.NAME), desc(product.ID))
    .skip(1)
    .top(3)
    .addCustomHeaders(headers)
    .execute(destination);
  print("list", products.length);
  for (const { id, prices } of products) print("product", typeof id, prices.every(({ amount, currency }) => amount.isGreaterThan(0) && currency === "EUR"));

  const count = await productsApi.requestBuilder().getAll().count().addCustomHeaders(headers).execute(destination);
  print("count", count);

  const store = await storesApi.requestBuilder().getByKey(4).addCustomHeaders(headers).execute(destination);
  print("by key", store.code, store.isOnline);

  const order = await ordersApi
    .requestBuilder()
    .getByKey(1)
    .expand(ordersApi.schema.CUSTOMER, ordersApi.schema.ORDER_ITEMS)
    .addCustomHeaders(headers)
    .execute(destination);
  print("expanded", order.number, order.customer!.id === order.customerId, order.orderItems.length, order.total.toFixed(2));
  print("instant", order.orderedAt.toISOString());
  print("etag", order.versionIdentifier !== undefined);

  const items = await orderItemsApi
    .requestBuilder()
    .getAll()
    .filter(orderItemsApi.schema.ORDER.filter(ordersApi.schema.NUMBER.equals(order.number)))
    .addCustomHeaders(headers)
    .execute(destination);
  print("navigation", items.length);

  const customers = await customersApi
    .requestBuilder()
    .getAll()
    .filter(customersApi.schema.ORDERS.filter(any(ordersApi.schema.TOTAL.greaterThan(order.total))))
    .top(2)
    .addCustomHeaders(headers)
    .execute(destination);
  print("lambda", customers.length);
}

function print(...values: unknown[]) {
  console.log(values.join(" "));
}

read().catch((failure) => {
  console.error(failure.message, failure.rootCause?.response?.data ?? failure);
  process.exitCode = 1;
});
