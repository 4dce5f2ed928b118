# One student's server, for JupyterHub (DockerSpawner, KubeSpawner) or by itself:
#     docker build --tag coursekit . && docker run --rm --publish 127.0.0.1:8888:8888 coursekit
# JupyterHub starts `jupyterhub-singleuser` in it; `jupyterhub` here must be of the hub's own version.
FROM python:3.13-slim-bookworm

ARG JUPYTERHUB="jupyterhub>=5,<6"
RUN apt-get update \
    && apt-get install --yes --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 --shell /bin/bash student

COPY . /opt/coursekit
RUN pip install --no-cache-dir /opt/coursekit "$JUPYTERHUB"

USER student
WORKDIR /home/student
EXPOSE 8888
# A volume over the home folder hides what is in the image, so the copy of the course is made when the server starts.
ENTRYPOINT ["/opt/coursekit/binder/start"]
CMD ["jupyterhub-singleuser"]
