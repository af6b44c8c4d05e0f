/** Tests of the rules of this package. */
@NullMarked
package io.metasrv.domain.key;

import org.jspecify.annotations.NullMarked;
