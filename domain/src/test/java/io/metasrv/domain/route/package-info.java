@NullMarked
package io.metasrv.domain.route;

import org.jspecify.annotations.NullMarked;
