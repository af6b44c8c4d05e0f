/** Tests of the package of the same name. */
@NullMarked
package io.metasrv.application.wire;

import org.jspecify.annotations.NullMarked;
