/** Tests of the package of the same name. */
@NullMarked
package io.metasrv.application.admin;

import org.jspecify.annotations.NullMarked;
