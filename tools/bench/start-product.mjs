import { join } from "node:path";
import { load } from "./measure.mjs";
import { Product, startAzurite } from "./product.mjs";
import { step } from "./step.mjs";

/** The product with so many extensions, registered unless that is what is measured. */
export async function startProduct({ root, folder, generator }, extensions, { registered = extensions, blobs, ...settings } = {}) {
  const storage = await startAzurite(root, join(folder, "azurite"), { blobs });
  const product = await Product.start({
    root,
    folder: join(folder, "product"),
    storage: storage.connection,
    ...settings,
  });
  product.behind = storage.pid;
  await step(`adding ${extensions} extensions`, () => product.addUsers(extensions));
  if (registered > 0)
    await step(`registering ${registered} contacts`, () =>
      load(generator, "reg", product, { users: registered, count: registered }),
    );
  return product;
}
