/** Tests of the rules of this package. */
@NullMarked
package io.metasrv.domain.selector;

import org.jspecify.annotations.NullMarked;
