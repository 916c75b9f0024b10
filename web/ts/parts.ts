// Only on pages that exchange a part of themselves (a row of the grid, a review). htmx 4 swaps without eval and without inline
// style; hx-on, js: and filters need eval and are not used. Its settings stand in a <meta name="htmx-config"> of page_start.html.
import 'htmx.org';
