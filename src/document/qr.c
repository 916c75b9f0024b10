#include <qrencode.h>
#include <string.h>

#include "document/block.h"

bool qr_make(struct qr *q, const char *text)
{
	QRcode *code = strlen(text) <= 300 ? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) : NULL;

	if (!code)
		return false;
	*q = (struct qr){ code->width, code->data, code };
	return true;
}

void qr_free(struct qr *q)
{
	QRcode_free(q->owned);
}
