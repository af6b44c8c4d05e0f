/** Where regions keep their write-ahead log, and how far it may be cut (sheet 03 §3.10, §5.9). */
@NullMarked
package io.metasrv.domain.wal;

import org.jspecify.annotations.NullMarked;
