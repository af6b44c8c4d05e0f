/** Tests of the package of the same name. */
@NullMarked
package io.metasrv.application.store;

import org.jspecify.annotations.NullMarked;
