/** Tests of the package of the same name. */
@NullMarked
package io.metasrv.application.metadata;

import org.jspecify.annotations.NullMarked;
