/** Topics of a term, with a log that is not always there. */
@NullMarked
package io.metasrv.application.wal;

import org.jspecify.annotations.NullMarked;
