@NullMarked
package io.metasrv.domain.wal;

import org.jspecify.annotations.NullMarked;
