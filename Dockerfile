# Image of an unpacked distribution: docker build -t metasrv metasrv-VERSION/
# Conventions of the reference's image: arguments are those of its binary ("metasrv start ..."),
# curl is there for health checks, ports 3002 (gRPC) and 4000 (HTTP).
FROM eclipse-temurin:25-jre
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /var/lib/metasrv metasrv
COPY bin /greptime/bin
COPY lib /greptime/lib
COPY conf /greptime/conf
ENV METASRV_JAVA_HOME=/opt/java/openjdk PATH=/greptime/bin:$PATH
# Deployments of the reference call "greptime"; the start-up cache belongs to this very JVM.
RUN ln -s metasrv /greptime/bin/greptime && /greptime/bin/warm-up
USER metasrv
WORKDIR /var/lib/metasrv
EXPOSE 3002 4000
ENTRYPOINT ["/greptime/bin/metasrv"]
CMD ["start", "--grpc-bind-addr", "0.0.0.0:3002", "--http-addr", "0.0.0.0:4000"]
