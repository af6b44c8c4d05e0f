@NullMarked
package io.metasrv.domain.procedure;

import org.jspecify.annotations.NullMarked;
