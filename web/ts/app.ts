// What every page loads, deferred. Each part makes a page that already works a little nicer; none is needed.
import { files } from './files';
import { guard } from './guard';
import { keys } from './keys';
import { once } from './once';
import { summary } from './summary';
import { tables } from './tables';
import { tally } from './tally';

function enhance(root: ParentNode): void {
  tables(root);
  tally(root);
  files(root);
  guard(root);
  keys(root);
}

summary(document);
once(document);
enhance(document);
// A part of the page that parts.js has put in: the same again, inside it.
document.addEventListener('htmx:after:swap', event => {
  if (event.target instanceof Element)
    enhance(event.target);
});
