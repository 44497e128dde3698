FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -B -ntp -pl server -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true
RUN mkdir -p /out && cp -R server/target/verbatim.jar server/target/lib /out/

FROM eclipse-temurin:25-jre
# A user without rights: the service needs none, and embedded PostgreSQL, used when there is no DATABASE_URL, wants that.
RUN useradd --system --uid 10001 --home-dir /var/lib/verbatim --create-home verbatim
RUN command -v curl || { apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*; }
COPY --from=build /out /opt/verbatim
USER verbatim
WORKDIR /var/lib/verbatim
ENV HOST=0.0.0.0 PORT=8080 VERBATIM_DATA_DIR=/var/lib/verbatim/data LC_ALL=C.UTF-8
EXPOSE 8080
VOLUME /var/lib/verbatim
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=75", "-jar", "/opt/verbatim/verbatim.jar"]
CMD ["serve"]
