# The image of Keepstream's services, from what ./keepstream package has made:
#
#     ./keepstream package
#     docker build -t keepstream .
#
# The base may be any Debian or Ubuntu: docker build --build-arg BASE=ubuntu:24.04 ...
ARG BASE=debian:trixie-slim
FROM ${BASE}
COPY node/target/package/usr /usr
ENV LANG=C.UTF-8
ENTRYPOINT ["keepstream"]
CMD ["run"]
