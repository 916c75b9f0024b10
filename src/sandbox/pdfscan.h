/* pdfscan.h: may this PDF be kept as it came?
 *
 * It is not rendered and not repaired: a certificate or a scan is data to look at, so a file that brings more (a script, a
 * program to start, other files, something to do on opening) is refused, and so is one that cannot be looked into (encrypted).
 *
 * The scan is plain and does not follow the file's own structure, which may lie: names (/JavaScript, also written /J#61vaScript)
 * are looked for in every byte, and in what every stream unpacks to that begins like an object stream, wherever it stands.
 * Names of two or three letters would turn up in pictures by chance: those count only outside stream data.
 *
 * /OpenAction [page …] is only the page to begin with, and LibreOffice writes it into every file: that one form is accepted.
 *
 * It stops what circulates, not a document made to fool this scan (an object stream packed with LZW and mislabelled); what is
 * kept is served as a PDF by name and read in the officers' own viewers, which have cages of their own. */
#ifndef SANDBOX_PDFSCAN_H
#define SANDBOX_PDFSCAN_H

#include "base/bytes.h"
#include "sandbox/client.h"

/* Bounds: unpacked bytes looked at in all, and per stream 1 MiB + 100 × its packed bytes; more is a bomb (PDF_UNREADABLE). */
#define PDF_UNPACKED_MAX (64 * MiB)

bool pdf_begins(struct bytes);                   /* %PDF-1. or %PDF-2. as the first bytes */

/* PDF_CLEAN, PDF_TRUNCATED, PDF_LOCKED, PDF_SCRIPT, PDF_LAUNCH, PDF_ATTACHMENT, PDF_OPENS or PDF_UNREADABLE. Takes no memory but
 * zlib's (40 kB); time grows with the bytes and what they unpack to. */
enum image_kind pdf_scan(struct bytes);

#endif
