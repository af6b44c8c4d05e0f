@NullMarked
package io.metasrv.domain.table.value;

import org.jspecify.annotations.NullMarked;
