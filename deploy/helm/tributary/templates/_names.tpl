{{- define "tributary.name" -}}
{{- printf "%s-tributary" .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end }}

{{- define "tributary.labels" -}}
app.kubernetes.io/name: tributary
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- /* The image of a service: by its digest where values have that. Arguments: root and service. */ -}}
{{- define "tributary.image" -}}
{{- $image := printf "%s/tributary-%s" .root.Values.image.registry .service -}}
{{- $tag := .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- with index .root.Values.image.digests .service -}}
{{- printf "%s@%s" $image . -}}
{{- else -}}
{{- printf "%s:%s" $image $tag -}}
{{- end -}}
{{- end }}

{{- /* The port of a URL, that of its scheme where it names none. */ -}}
{{- define "tributary.portOf" -}}
{{- $url := urlParse . -}}
{{- regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host) | default (ternary "443" "80" (eq $url.scheme "https")) -}}
{{- end }}

{{- /* A rule of egress. Arguments: peers (any address where there are none), ports, also at the end of an address, and udp. */ -}}
{{- define "tributary.egress" -}}
{{- $ports := list -}}
{{- range .ports -}}
{{- $ports = append $ports (regexFind "[0-9]+$" (toString .)) -}}
{{- end -}}
- ports:
    {{- range uniq $ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- if $.udp }}
    - { protocol: UDP, port: {{ . }} }
    {{- end }}
    {{- end }}
  {{- with .peers }}
  to: {{ toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- /* The names under which the services are called: those of the cluster, of the ingress, and further ones. */ -}}
{{- define "tributary.hosts" -}}
{{- $hosts := list -}}
{{- range $name, $service := .Values.services -}}
{{- $host := printf "%s-%s" (include "tributary.name" $) $name -}}
{{- $hosts = concat $hosts (list $host (printf "%s.%s" $host $.Release.Namespace) (printf "%s.%s.svc" $host $.Release.Namespace) (printf "%s.%s.svc.%s" $host $.Release.Namespace ($.Values.clusterDomain | default "cluster.local"))) -}}
{{- end -}}
{{- if and .Values.ingress.enabled .Values.ingress.host -}}
{{- $hosts = append $hosts .Values.ingress.host -}}
{{- end -}}
{{- concat $hosts (.Values.allowedHosts | default list) | uniq | join "," -}}
{{- end }}
