{{/* The name of everything of this release: `rollcall` where the release is called so. */}}
{{- define "rollcall.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 50 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What selects the pods of one component; `(list $ "server")`. */}}
{{- define "rollcall.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ $root.Chart.Name }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{/* The labels of one component's objects; `(list $ "server")`. */}}
{{- define "rollcall.labels" -}}
{{- $root := index . 0 -}}
{{ include "rollcall.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end }}

{{/* The pod of one component: `(list $ "server" (list "serve"))`. Its container gets what `rollcall.container` says, and what the caller adds. */}}
{{- define "rollcall.pod" -}}
{{- $root := index . 0 -}}
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets: {{ toYaml . | nindent 2 }}
{{- end }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ $root.Values.terminationGracePeriodSeconds }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
volumes:
  - name: tmp
    emptyDir: { medium: Memory, sizeLimit: 64Mi }
{{- with $root.Values.nodeSelector }}
nodeSelector: {{ toYaml . | nindent 2 }}
{{- end }}
{{- with $root.Values.tolerations }}
tolerations: {{ toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The container of one component: `(list $ "server" "serve")`, the command last. */}}
{{- define "rollcall.container" -}}
{{- $root := index . 0 -}}
name: {{ index . 1 }}
image: {{ printf "%s:%s" $root.Values.image.repository ($root.Values.image.tag | default $root.Chart.AppVersion) | quote }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
args: [{{ index . 2 | quote }}]
env:
  - name: ROLLCALL_PUBLIC_URL
    value: {{ required "publicUrl is needed: the https address at which people reach Rollcall" $root.Values.publicUrl | quote }}
  {{- if eq (index . 1) "worker" }}
  - name: ROLLCALL_WORKER_PORT
    value: "8080"
  {{- end }}
  {{- range $name, $value := $root.Values.settings }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
envFrom:
  - secretRef: { name: {{ required "secretName is needed" $root.Values.secretName }} }
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: tmp, mountPath: /tmp }
{{- end }}

{{/* Pods of one component on different nodes, where there are enough. */}}
{{- define "rollcall.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{ include "rollcall.selector" . | nindent 8 }}
{{- end }}
