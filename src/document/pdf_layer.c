/* Layers: cairo writes a recorded drawing once into the file (a form XObject) and each showing as one line. Text in it stays
 * text. */
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "document/pdf.h"

enum { LAYERS = 256 };

struct layer {
	cairo_surface_t *drawing;
	char *key;
	bool landscape;
	double y, end;
};

static const struct layer *find(const struct pdf *p, const char *key)
{
	for (size_t i = 0; i < p->n_layers; i++)
		if (p->layers[i].landscape == p->landscape && !strcmp(p->layers[i].key, key))
			return &p->layers[i];
	return NULL;
}

static void show(struct pdf *p, cairo_surface_t *drawing, double down)
{
	cairo_save(p->cr);
	cairo_translate(p->cr, 0, down);
	cairo_set_source_surface(p->cr, drawing, 0, 0);
	cairo_paint(p->cr);
	cairo_restore(p->cr);
}

void pdf_tag(struct pdf *p, const char *name)
{
	if (!p->layered)
		cairo_tag_begin(p->cr, name, NULL);
}

void pdf_untag(struct pdf *p, const char *name)
{
	if (!p->layered)
		cairo_tag_end(p->cr, name);
}

bool pdf_layer_show(struct pdf *p, const char *key, double y, double *end)
{
	const struct layer *l = p->layered ? find(p, key) : NULL;

	if (!l)
		return false;
	show(p, l->drawing, y - l->y);
	*end = l->end + y - l->y;
	return true;
}

void pdf_layer_begin(struct pdf *p)
{
	const cairo_rectangle_t page = { 0, 0, p->wide, p->high };
	cairo_surface_t *drawing;

	if (!p->layered)
		return;
	BUG_ON(p->under);
	drawing = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &page);
	p->under = p->cr;
	p->cr = cairo_create(drawing);
	cairo_surface_destroy(drawing);          /* held by its context */
}

void pdf_layer_end(struct pdf *p, const char *key, double y, double end)
{
	cairo_surface_t *drawing;

	if (!p->layered)
		return;
	drawing = cairo_surface_reference(cairo_get_target(p->cr));
	cairo_destroy(p->cr);
	p->cr = p->under;
	p->under = NULL;
	show(p, drawing, 0);
	if (!p->layers)
		p->layers = calloc(LAYERS, sizeof *p->layers);
	if (!p->layers || p->n_layers == LAYERS) {
		cairo_surface_destroy(drawing);
		return;
	}
	p->layers[p->n_layers] = (struct layer){ drawing, strdup(key), p->landscape, y, end };
	BUG_ON(!p->layers[p->n_layers].key);
	p->n_layers++;
}

void pdf_layers_free(struct pdf *p)
{
	for (size_t i = 0; i < p->n_layers; i++) {
		cairo_surface_destroy(p->layers[i].drawing);
		free(p->layers[i].key);
	}
	free(p->layers);
	p->layers = NULL;
	p->n_layers = 0;
}
